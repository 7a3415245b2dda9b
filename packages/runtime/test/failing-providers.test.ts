import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineCatalog, defineCommand, OattyError } from '../src/index.ts';
import { openOatty } from './open-oatty.ts';

const places = defineCatalog({
  title: 'Places',
  commands: {
    list: defineCommand({
      summary: 'List places.',
      effect: 'safe',
      input: z.object({ near: z.string().optional() }),
      handler: async ({ near }) => {
        if (near === 'nowhere') throw new OattyError('NETWORK_ERROR', `The map of ${near} is gone.`);
        return [{ id: near ?? 'here' }];
      },
    }),
  },
});

/** A workflow that asks for a place, near something or not. */
function manifestWith(place: string): string {
  return `
workflow: go
inputs:
  near: { type: string, optional: true, secret: true }
  start: { type: string, optional: true }
  place: ${place}
steps: [{ id: look, run: places list, with: { near: '\${{ inputs.near }}\${{ inputs.place }}' } }]
final_output: \${{ inputs.start }}
`;
}

async function start(place: string, inputs: Readonly<Record<string, unknown>>, ask = false) {
  const oatty = await openOatty({ modules: [places] });
  return oatty.runs.start({ workflow: { manifest: manifestWith(place) }, inputs, ask });
}

const near = 'provider: places list, depends_on: { near: { from_input: near } }';

describe('a provider that fails', () => {
  it.each([false, true])('ends the start of a run when on_error says so (asking: %s)', async (ask) => {
    await expect(start(`{ ${near}, on_error: fail }`, { near: 'nowhere' }, ask)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: 'The provider of input "place" failed: The map of [secret] is gone.',
    });
  });

  it('ends it too when an argument must not be missing', async () => {
    const place = '{ provider: places list, depends_on: { near: { from_input: start, on_missing: fail } } }';
    await expect(start(place, {})).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      options: { context: { input: 'place', argument: 'near' } },
    });
  });

  it('leaves the value to whoever starts the run otherwise, and says why it offers none', async () => {
    await expect(start(`{ ${near} }`, { near: 'nowhere' })).rejects.toMatchObject({
      code: 'WORKFLOW_INPUTS_INCOMPLETE',
      options: {
        violations: [{ message: expect.stringContaining('The map of [secret] is gone') as string }],
      },
    });
    const handle = await start(`{ ${near}, on_error: fail }`, { near: 'nowhere', place: 'there' });
    expect((await handle.wait()).inputs).toMatchObject({ place: 'there' });
  });

  it('does not stand in the way of a plan, which asks nobody', async () => {
    const oatty = await openOatty({ modules: [places] });
    const workflow = { manifest: manifestWith(`{ ${near}, on_error: fail }`) };
    expect((await oatty.workflows.stepPlan(workflow, { near: 'nowhere' })).steps).toHaveLength(1);
  });

  it('offers no value with a secret in it that it was asked with', async () => {
    const oatty = await openOatty({ modules: [places] });
    const { choices } = await oatty.workflows.resolveInputs(
      { manifest: manifestWith(`{ ${near} }`) },
      { near: 's3cret' },
    );
    expect(choices).toEqual({});
  });
});
