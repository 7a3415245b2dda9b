import { createOatty } from '@oatty/runtime';

const oatty = await createOatty();
const { catalogs, commands, workflows, runs } = oatty;
await catalogs.importOpenapi({ source: 'examples/shop-api/openapi.yaml', vendor: 'shop', overwrite: true });
await catalogs.setAuth('shop-api', 'apiKey', { value: '${env:SHOP_API_KEY}' });
const { items } = await commands.search('list open orders');
const { body } = await commands.run('shop orders:list', { with: { status: 'open' } });
await workflows.import({ source: 'workflows/charge_and_wait.yaml', overwrite: true });
const run = await runs.start({ workflow: { workflowId: 'charge_and_wait' }, inputs: { order_id: 'ord_2' } });
for await (const event of run.events()) console.log(event.type);
console.log(items[0]?.id, body, await run.wait());
await oatty.close();
