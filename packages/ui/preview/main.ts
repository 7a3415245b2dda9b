/** `pnpm ui:preview`: all widgets with sample data, on a page of this machine. */
import { servePreview } from './serve-preview.ts';

const { url } = await servePreview(8789);
process.stdout.write(`${url} (Ctrl+C ends it)\n`);
