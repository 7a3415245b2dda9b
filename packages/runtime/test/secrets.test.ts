import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createMemoryRunStore } from '@oatty/engine';
import { importApi } from './an-api.ts';
import { aHome, openAt, openOatty, openShop } from './open-oatty.ts';
import { collect } from './collect.ts';

const noted = (text: string, more: object = {}) => ({
  manifest: {
    workflow: 'note',
    ...more,
    steps: [{ id: 'write', run: 'notes notes:create', with: { text } }],
  },
});

const readValue = () => Promise.reject(new Error('A person was asked.'));

describe('secrets', () => {
  it('come from the environment where that is chosen, and are not changed there', async () => {
    const oatty = await openOatty();
    const readOnly = { code: 'SECRET_BACKEND_READ_ONLY', options: { context: { name: 'TOKEN' } } };
    await expect(oatty.secrets.set('TOKEN', 'x')).rejects.toMatchObject(readOnly);
    await expect(oatty.secrets.remove('TOKEN')).rejects.toMatchObject(readOnly);
  });

  it('are asked for only where they can be kept', async () => {
    const { secrets } = await openOatty();
    await expect(secrets.set('TOKEN', readValue)).rejects.toMatchObject({ code: 'SECRET_BACKEND_READ_ONLY' });
    await expect(secrets.set('a b', readValue)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it.each(['', 'a b', '1x', 'a-b', '../x'])('cannot be called %j', async (name) => {
    const { secrets } = await openOatty();
    await expect(secrets.set(name, 'x')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(secrets.remove(name)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('are listed with the catalogs that use them', async () => {
    const { oatty } = await openShop({ env: { HEADER_TOKEN: 'abc', NO_SECRET: 'x' } });
    await oatty.catalogs.editHeaders('shop-api', {
      set: { 'X-A': '${secret:HEADER_TOKEN}', 'X-B': '${env:NO_SECRET}' },
    });
    await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${secret:SHOP_KEY}' });
    await oatty.secrets.bind('TOKEN', 'shop-api');
    expect(await oatty.secrets.list()).toEqual([
      { name: 'HEADER_TOKEN', catalogs: ['shop-api'], is_set: true },
      { name: 'SHOP_KEY', catalogs: ['shop-api'], is_set: true },
      { name: 'TOKEN', catalogs: ['shop-api'], is_set: false },
    ]);
    expect(await oatty.commands.run('shop orders:info', { with: { order: 'ord_1' } })).toMatchObject({
      status: 200,
    });
    await expect(oatty.secrets.bind('TOKEN', 'nope')).rejects.toMatchObject({ code: 'CATALOG_NOT_FOUND' });
    await expect(oatty.secrets.set('TOKEN', '')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});

describe('a manifest', () => {
  it('may use a secret only with the catalog that it is bound to', async () => {
    const home = await aHome();
    const oatty = await openAt(home, { env: { TOKEN: 'hunter2-hunter2' } });
    const bodies: unknown[] = [];
    await importApi(oatty, home, {
      answer: ({ body }) => {
        bodies.push(body);
        return {};
      },
    });
    const workflow = noted('${{ secrets.TOKEN }}');
    await expect(oatty.runs.start({ workflow })).rejects.toMatchObject({
      code: 'WORKFLOW_VALIDATION_FAILED',
      options: { violations: [{ rule: 'secret_not_bound' }] },
    });
    await oatty.secrets.bind('TOKEN', 'notes');
    expect(await (await oatty.runs.start({ workflow })).wait()).toMatchObject({ status: 'succeeded' });
    expect(bodies).toEqual([{ text: 'hunter2-hunter2' }]);
  });

  it('reads an environment variable that an input names, or that is allowed, and no other', async () => {
    const env = { REGION: 'eu', MODE: 'test', PRIVATE: 'hunter2' };
    const oatty = (await openShop({ env, allowedEnv: ['MODE'] })).oatty;
    const run = async (final_output: string) => {
      const manifest = {
        workflow: 'read_env',
        inputs: { region: { type: 'string', default: { from: 'env', value: 'REGION' } } },
        steps: [{ id: 'up', run: 'shop health:list' }],
        final_output,
      };
      return (await oatty.runs.start({ workflow: { manifest } })).wait();
    };
    expect((await run('${{ inputs.region }} ${{ env.MODE }}')).final_output).toBe('eu test');
    expect(await run('${{ env.PRIVATE }}')).toMatchObject({
      status: 'failed',
      error: { error_code: 'EXPRESSION_FAILED' },
    });
    expect((await run('${{ env.PRIVATE ?? "none" }}')).final_output).toBe('none');
  });
});

describe('secret values', () => {
  const secrets = ['hunter2-from-env', '4711-input-0815', 'key-of-the-catalog'];

  it('are in no document, event, error, audit event or file, even when the API gives them back', async () => {
    const home = await aHome();
    const store = createMemoryRunStore();
    const seen: unknown[] = [];
    const oatty = await openAt(home, {
      env: { TOKEN: 'hunter2-from-env', API_KEY: 'key-of-the-catalog' },
      store,
      audit: { record: async (event) => void seen.push(event) },
    });
    await importApi(oatty, home, {
      answer: ({ headers, body }) => ({
        status: JSON.stringify(body).includes('first') ? 200 : 422,
        headers: { 'x-echo': String(headers['x-key']) },
        body: { echo: body, headers },
      }),
    });
    await oatty.catalogs.editHeaders('notes', { set: { 'X-Key': '${env:API_KEY}' } });
    await oatty.secrets.bind('TOKEN', 'notes');
    const manifest = {
      workflow: 'leak',
      inputs: { pin: { type: 'string', secret: true, validate: { min_length: 4 } } },
      steps: [
        {
          id: 'first',
          run: 'notes notes:create',
          with: { text: 'first ${{ secrets.TOKEN }} ${{ inputs.pin }}' },
        },
        {
          id: 'second',
          run: 'notes notes:create',
          depends_on: ['first'],
          with: { text: 'second ${{ inputs.pin }}' },
        },
      ],
    };
    const inputs = { pin: '4711-input-0815' };
    seen.push(await oatty.workflows.save({ content: manifest }));
    seen.push(await oatty.workflows.resolveInputs({ manifest }, inputs));
    seen.push(await oatty.workflows.previewRendered({ manifest }, inputs));
    seen.push(await oatty.workflows.stepPlan({ manifest }, inputs));
    seen.push(await oatty.runs.start({ workflow: { manifest }, inputs: { pin: '471' } }).catch(toData));
    const handle = await oatty.runs.start({ workflow: { manifest }, inputs });
    const run = await handle.wait();
    seen.push(run, await collect(handle.events()), await oatty.runs.inspect(handle.run_id));
    seen.push(await oatty.commands.run('workflow leak', { with: inputs }).catch(toData));
    seen.push(await oatty.commands.run('notes notes:create', { with: { text: 'first' } }));
    seen.push(await oatty.commands.run('notes notes:create', { with: { text: 'x' } }).catch(toData));
    seen.push(await oatty.commands.preview('notes notes:create', { with: { text: 'x' } }));
    seen.push(await oatty.catalogs.show('notes'), await oatty.secrets.list());
    for (const { run_id } of (await store.listRuns({ limit: 50, include_children: true })).items) {
      seen.push(
        await store.getRun(run_id),
        await store.readCommits(run_id),
        await store.readEvents(run_id, 0, 500),
      );
    }
    seen.push(await readAllFiles(home.dir));

    expect(run).toMatchObject({ status: 'failed', steps: [{ status: 'succeeded' }, { status: 'failed' }] });
    const text = JSON.stringify(seen);
    expect(text).toContain('[secret]');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});

function toData(thrown: { toErrorData(): unknown }): unknown {
  return thrown.toErrorData();
}

async function readAllFiles(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(`${parentPath}/${name}`, 'utf8')));
}
