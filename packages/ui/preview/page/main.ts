/**
 * The page of the preview: every widget in a frame of its own, with a choice of state, theme and width.
 *
 * `?theme=dark&width=320&state=loading` shows all of them so, `&uri=ui://tasks/table` one alone.
 */
import { openWidget } from './open-widget.ts';
import { answerCall } from './sample-answers.ts';
import { sampleWidgets } from './samples.ts';
import type { SampleWidget } from './samples.ts';

const given = new URLSearchParams(location.search);
const choices = {
  theme: given.get('theme') === 'dark' ? 'dark' : 'light',
  width: given.get('width') ?? '760',
  state: given.get('state'),
  uri: given.get('uri'),
} as const;

const pages = (await (await fetch('/widgets.json')).json()) as Readonly<Record<string, string>>; // of our own server
document.documentElement.dataset['theme'] = choices.theme;
document.body.append(createMenu());
for (const widget of sampleWidgets) {
  if (choices.uri === null || widget.uri === choices.uri) await showWidget(widget);
}
document.body.dataset['ready'] = 'yes';

// --- internal ---

function createMenu(): HTMLElement {
  const menu = document.createElement('nav');
  const links = [
    ...(['light', 'dark'] as const).map((theme) => ({ text: theme, change: { theme } })),
    ...['320', '480', '760'].map((width) => ({ text: `${width} px`, change: { width } })),
  ];
  for (const { text, change } of links) {
    const link = document.createElement('a');
    const chosen = Object.entries({ ...choices, ...change }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    );
    link.href = `?${new URLSearchParams(chosen).toString()}`;
    link.textContent = text;
    menu.append(link, ' ');
  }
  return menu;
}

async function showWidget({ uri, samples }: SampleWidget): Promise<void> {
  const section = document.createElement('section');
  section.id = uri.replaceAll(/\W+/g, '-');
  const heading = document.createElement('h2');
  heading.textContent = uri;
  const select = document.createElement('select');
  select.setAttribute('aria-label', `State of ${uri}`);
  select.append(...samples.map(({ state }) => new Option(state, state, false, state === choices.state)));
  const place = document.createElement('div');
  place.style.width = `${choices.width}px`;
  section.append(heading, select, place);
  document.body.append(section);
  const show = async (): Promise<void> => {
    place.replaceChildren();
    await openSample(place, uri, samples[select.selectedIndex]);
  };
  select.addEventListener('change', () => void show());
  await show();
}

async function openSample(
  place: HTMLElement,
  uri: string,
  sample: SampleWidget['samples'][number] | undefined,
) {
  const { bridge } = await openWidget(place, {
    html: pages[uri] ?? '',
    context: { theme: choices.theme, locale: 'en-GB', timeZone: 'Europe/Berlin' },
    capabilities: { serverTools: {}, openLinks: {}, downloadFile: {}, updateModelContext: { text: {} } },
    onCall: (name, input) => Promise.resolve(answerCall(name, input)),
    onLink: (url) => open(url, '_blank', 'noopener'),
    onDownload: (text) => open(URL.createObjectURL(new Blob([text], { type: 'text/csv' }))),
  });
  if (sample?.isCancelled === true) await bridge.sendToolCancelled({});
  if (sample?.result) await bridge.sendToolResult({ content: [], ...sample.result });
}
