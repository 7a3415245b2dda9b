/** What an integration did, with links to what was made. */
import type { IntegrationResult } from '../documents/integration-result.ts';
import { Facts } from '../parts/facts.tsx';
import { Icon } from '../parts/icon.tsx';
import { toDetailFacts } from './detail-facts.ts';
import { toSentence } from '../words/sentence.ts';
import { OutsideLink } from './outside-link.tsx';

export function Integration({ document }: { readonly document: IntegrationResult }) {
  const { integration, action, repeated = false, links = [], details = {} } = document;
  const facts = toDetailFacts(details);
  return (
    <article class="widget">
      <header class="panel-head">
        <p class="eyebrow eyebrow-done">
          <Icon name="check" />
          {repeated ? 'Was done before' : 'Done'}
          <span class="eyebrow-more" dir="auto">
            {integration}
          </span>
        </p>
        <h1 class="panel-title" dir="auto">
          {toSentence(action)}
        </h1>
      </header>
      {links.length > 0 && (
        <ul class="links">
          {links.map((link) => (
            <li key={link.url}>
              <OutsideLink {...link} />
            </li>
          ))}
        </ul>
      )}
      {facts.length > 0 && <Facts facts={facts} />}
    </article>
  );
}
