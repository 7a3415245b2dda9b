/** What was planned: what runs, when, and at which times next by the clocks of the user. */
import type { Schedule } from '../documents/schedule.ts';
import { useDates } from '../host/host-context.ts';
import { Facts } from '../parts/facts.tsx';
import { Icon } from '../parts/icon.tsx';
import { whenText } from './when-text.ts';

export function ScheduleView({ document: { name, target, when, next } }: { readonly document: Schedule }) {
  const dates = useDates();
  return (
    <article class="widget">
      <header class="panel-head">
        <p class="eyebrow eyebrow-done">
          <Icon name="clock" />
          Scheduled
        </p>
        <h1 class="panel-title" dir="auto">
          {name}
        </h1>
      </header>
      <Facts
        facts={[
          { name: target.kind === 'command' ? 'Command' : 'Workflow', value: <code>{target.id}</code> },
          { name: 'When', value: whenText(when, dates) },
        ]}
      />
      {next.length > 0 && (
        <div>
          <h2 class="chart-title">
            Next times <span class="quiet">{dates.timeZone}</span>
          </h2>
          <ol class="times">
            {next.map((time) => (
              <li key={time}>
                <time dateTime={time}>{dates.moment(time)}</time>
              </li>
            ))}
          </ol>
        </div>
      )}
    </article>
  );
}
