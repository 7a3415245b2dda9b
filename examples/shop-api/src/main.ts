/** `node examples/shop-api/src/main.ts [--port 8787] [--host 127.0.0.1] [--api-key shop-test-key]` */
import { parseArgs } from 'node:util';
import { startShopApi, type ShopApi } from './start-shop-api.ts';

const usage =
  'Usage: node examples/shop-api/src/main.ts [--port 8787] [--host 127.0.0.1] [--api-key shop-test-key]';

interface Settings {
  readonly port: number;
  readonly host: string;
  readonly apiKey: string;
}

const settings = readSettings();
if (settings === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  await run(settings);
}

// --- internal ---

/** @returns `undefined` for wrong usage */
function readSettings(): Settings | undefined {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8787' },
        host: { type: 'string', default: '127.0.0.1' },
        'api-key': { type: 'string', default: 'shop-test-key' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return undefined;
    return { port, host: values.host, apiKey: values['api-key'] };
  } catch {
    return undefined;
  }
}

async function run(settings: Settings): Promise<void> {
  let shop: ShopApi;
  try {
    shop = await startShopApi(settings);
  } catch (thrown) {
    console.error(`The shop API did not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    process.exitCode = 1;
    return;
  }
  console.log(toWelcome(shop.url, settings.apiKey));
  const stop = (): void => void shop.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function toWelcome(url: string, apiKey: string): string {
  return `Shop API: ${url}
Description: ${url}/openapi.yaml

Import it, and give it its API key:
  export SHOP_API_KEY=${apiKey}
  oatty import ${url}/openapi.yaml --vendor shop --allow-private
  oatty catalog auth shop-api apiKey --set 'value=\${env:SHOP_API_KEY}'

Then try:
  oatty shop orders:list --status open

Stop with Ctrl-C.`;
}
