import type { Effect } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { describeTool, describeTools } from './describe-tool.ts';
import { productTools } from './tool-list.ts';
import { workflowRun } from './workflow-run.ts';

describe('the tools', () => {
  it('are these, in this order', () => {
    expect(productTools.list.map((tool) => tool.name)).toEqual([
      'workflow.list',
      'workflow.get',
      'workflow.validate',
      'workflow.save',
      'workflow.rename',
      'workflow.preview_inputs',
      'workflow.resolve_inputs',
      'workflow.step_plan',
      'workflow.preview_rendered',
      'workflow.run',
      'workflow.execute',
      'workflow.author_and_run',
      'workflow.repair_and_rerun',
      'workflow.cancel',
      'workflow.delete',
      'workflow.purge_history',
      'run.start',
      'run.status',
      'run.list',
      'run.respond',
      'run.resume',
      'command.search',
      'command.list',
      'command.get',
      'command.run_safe',
      'command.run',
      'command.run_destructive',
      'provider.list',
      'catalog.list',
      'catalog.validate_openapi',
      'catalog.preview_import',
      'catalog.import_openapi',
      'catalog.set_enabled',
      'catalog.set_base_url',
      'catalog.edit_headers',
      'catalog.remove',
    ]);
  });

  it('begin with a harmless one that needs no argument', () => {
    const [first] = productTools.list;
    expect(first).toMatchObject({ safety: 'safe', kind: 'call' });
    expect(first?.input.safeParse({}).success).toBe(true);
  });

  it('have the safety of the design', () => {
    expect(bySafety('destructive')).toEqual([
      'workflow.cancel',
      'workflow.delete',
      'workflow.purge_history',
      'command.run_destructive',
      'catalog.remove',
    ]);
    expect(bySafety('standard')).toEqual([
      'workflow.save',
      'workflow.rename',
      'workflow.resolve_inputs',
      'workflow.run',
      'workflow.execute',
      'workflow.author_and_run',
      'workflow.repair_and_rerun',
      'run.start',
      'run.respond',
      'run.resume',
      'command.run',
      'catalog.import_openapi',
      'catalog.set_enabled',
      'catalog.set_base_url',
      'catalog.edit_headers',
    ]);
  });

  it('are found under their dotted and their underscored name', () => {
    expect(productTools.find('workflow.step_plan')?.name).toBe('workflow.step_plan');
    expect(productTools.find('workflow_step_plan')?.name).toBe('workflow.step_plan');
    expect(productTools.find('workflow_step.plan')).toBeUndefined();
  });

  it('are suggested as they were written', () => {
    expect(() => productTools.require('workflow_lst')).toThrow(
      expect.objectContaining({ suggestedAction: 'Did you mean "workflow_list"?' }),
    );
    expect(() => productTools.require('workflow.lst')).toThrow(
      expect.objectContaining({ suggestedAction: 'Did you mean "workflow.list"?' }),
    );
  });
});

describe('the tool list', () => {
  const listed = productTools.list.map((tool) => describeTool(tool, 'underscore', productTools));

  it('is the one that was reviewed', async () => {
    await expect(`${JSON.stringify({ tools: listed }, null, 2)}\n`).toMatchFileSnapshot(
      './tool-list.golden.json',
    );
  });

  it('takes at most 32,000 bytes', () => {
    expect(Buffer.byteLength(JSON.stringify(describeTools(productTools, 'underscore')))).toBeLessThanOrEqual(
      32_000,
    );
  });

  it('has names that every host accepts', () => {
    for (const { name } of listed) expect(name).toMatch(/^[a-z]+_[a-z_]+$/);
    for (const { name } of listed) expect(name.length).toBeLessThanOrEqual(40);
  });

  it('has dots when asked', () => {
    expect(describeTool(productTools.list[0]!, 'dotted', productTools)).toMatchObject({
      name: 'workflow.list',
      title: 'workflow.list',
    });
  });

  it('sets every annotation and every piece of metadata', () => {
    for (const { annotations, _meta: meta } of listed) {
      expect(Object.values(annotations).every((hint) => typeof hint === 'boolean')).toBe(true);
      expect(Object.keys(meta)).toEqual([
        'oatty/name',
        'oatty/safety',
        'oatty/execution_type',
        'oatty/http_method',
      ]);
    }
  });

  it('has output schemas one level deep', () => {
    for (const { outputSchema } of listed) {
      for (const property of Object.values(outputSchema?.properties ?? {})) {
        expect(Object.keys(property).filter((keyword) => keyword !== 'type')).toEqual([]);
      }
    }
  });

  it('names other tools as they are listed', () => {
    expect(describeTool(workflowRun, 'underscore', productTools).description).toContain('run_start');
    expect(describeTool(workflowRun, 'dotted', productTools).description).toContain('run.start');
    for (const { description } of listed) expect(description).not.toMatch(/[a-z]\.[a-z]/);
  });

  it('has one type for each argument, or alternatives', () => {
    const manifest = listed.find(({ name }) => name === 'workflow_save')?.inputSchema.properties;
    expect(manifest).toMatchObject({ manifest_content: { anyOf: [{ type: 'string' }, { type: 'object' }] } });
    const properties = listed.flatMap(({ inputSchema }) => Object.values(inputSchema.properties));
    expect(properties.filter((property) => 'type' in property && Array.isArray(property.type))).toEqual([]);
  });

  it('asks for a task only where a run is followed', () => {
    const required = listed.filter(({ execution }) => execution.taskSupport === 'required');
    expect(required.map(({ title }) => title)).toEqual([
      'workflow.run',
      'workflow.execute',
      'workflow.author_and_run',
      'workflow.repair_and_rerun',
    ]);
  });
});

// --- internal ---

function bySafety(safety: Effect): string[] {
  return productTools.list.filter((tool) => tool.safety === safety).map((tool) => tool.name);
}
