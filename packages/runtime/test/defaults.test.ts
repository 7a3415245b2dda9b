import { describe, expect, it } from 'vitest';
import { openShop } from './open-oatty.ts';

const remember = {
  manifest: `
workflow: remember
inputs:
  city: { type: string, default: { from: history } }
steps: [{ id: up, run: shop health:list }]
final_output: { city: '\${{ inputs.city }}' }
`,
};
const reuse = {
  manifest: `
workflow: reuse
inputs: { city: { type: string, default: { from: workflow_output, value: { workflow: remember, path: city } } } }
steps: [{ id: up, run: shop health:list }]
final_output: \${{ inputs.city }}
`,
};
const missing = { code: 'WORKFLOW_INPUTS_INCOMPLETE' };

describe('a default from history', () => {
  it('is the value of the last succeeded run of the workflow', async () => {
    const { oatty } = await openShop();
    await expect(oatty.runs.start({ workflow: remember })).rejects.toMatchObject(missing);
    const start = async (inputs = {}) => (await oatty.runs.start({ workflow: remember, inputs })).wait();
    await start({ city: 'Oslo' });
    await start({ city: 'Lima' });
    expect((await start()).final_output).toEqual({ city: 'Lima' });
  });

  it('is not that of a run which failed', async () => {
    const { oatty, shop } = await openShop();
    await (await oatty.runs.start({ workflow: remember, inputs: { city: 'Oslo' } })).wait();
    await shop.close();
    const failed = await (await oatty.runs.start({ workflow: remember, inputs: { city: 'Lima' } })).wait();
    expect(failed.status).toBe('failed');
    const { resolved_inputs } = await oatty.workflows.resolveInputs(remember);
    expect(resolved_inputs['city']).toBe('Oslo');
  });

  it('is not that of somebody else', async () => {
    const { oatty } = await openShop();
    const ada = { principal: 'ada', via: 'mcp' } as const;
    await (await oatty.runs.start({ workflow: remember, inputs: { city: 'Oslo' }, caller: ada })).wait();
    await expect(oatty.runs.start({ workflow: remember })).rejects.toMatchObject(missing);
    const { resolved_inputs } = await oatty.workflows.resolveInputs(remember, {}, { caller: ada });
    expect(resolved_inputs['city']).toBe('Oslo');
  });
});

describe('a default from the output of a workflow', () => {
  it('is read from its last succeeded run', async () => {
    const { oatty } = await openShop();
    await expect(oatty.runs.start({ workflow: reuse })).rejects.toMatchObject(missing);
    await (await oatty.runs.start({ workflow: remember, inputs: { city: 'Oslo' } })).wait();
    expect((await (await oatty.runs.start({ workflow: reuse })).wait()).final_output).toBe('Oslo');
    const given = await oatty.runs.start({ workflow: reuse, inputs: { city: 'Rome' } });
    expect((await given.wait()).final_output).toBe('Rome');
  });

  it('has a warning while that workflow is not saved', async () => {
    const { oatty } = await openShop();
    const warnings = async () => (await oatty.workflows.validate(reuse)).warnings.map(({ rule }) => rule);
    expect(await warnings()).toEqual(['workflow_not_found']);
    await oatty.workflows.save({ content: remember.manifest });
    expect(await warnings()).toEqual([]);
  });
});
