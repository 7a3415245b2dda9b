/**
 * The run that is killed: what it changes says which step (and item) it comes from, so that the API can tell.
 *
 * Each section is worth about thirteen steps, items and steps of sub-workflows included.
 */
import type { RecordedCall } from '@oatty/example-shop-api';

/** What `tell_0` and its like do something for. */
export const itemsOf = ['one', 'two', 'three'];

/** Branches, items, a poll, a retry, a sub-workflow; in a long run also a wait in which the run rests. */
export function crashWorkflow(sections: number): string {
  const steps = Array.from({ length: sections }, (_, section) => sectionOf(section));
  return `workflow: crash\nmax_parallel: 3\nsteps:\n${steps.join('')}${sections > 1 ? longWait : ''}`;
}

export const crashChild = `workflow: crash_child
inputs:
  text: { type: string }
steps:
  - id: first
    run: shop orders:note:update
    with: { order: ord_2 }
    body: first \${{ inputs.text }}
  - id: second
    run: shop orders:note:update
    depends_on: [first]
    with: { order: ord_2 }
    body: second \${{ inputs.text }}
`;

/** Nobody knows whether a POST in flight was carried out, so whoever answers for the run does not let it be made again. */
export const notAgain = { decision: 'skip', output: '{"id": "unknown"}' };

export function bodyOf({ body }: RecordedCall): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

// --- internal ---

const longWait = `  - id: long_wait
    run: shop flaky:info
    depends_on: [last_0]
    with: { key: long_wait }
    retry: { max_attempts: 5, delay: 6s, on: [5xx, 429] }
`;

function sectionOf(section: number): string {
  const after = section === 0 ? '' : `\n    depends_on: [last_${section - 1}]`;
  return `  - id: note_${section}
    run: shop orders:note:update${after}
    with: { order: ord_1 }
    body: note_${section}
  - id: create_${section}
    run: shop orders:create
    depends_on: [note_${section}]
    body: { customer: cus_1, items: [{ sku: MUG-01, quantity: 1 }], note: create_${section} }
  - id: tell_${section}
    run: shop notifications:create
    depends_on: [note_${section}]
    for_each: [${itemsOf.join(', ')}]
    concurrency: 2
    body: { customer: cus_1, message: 'tell_${section} \${{ item }}' }
    retry: { max_attempts: 5, delay: 50ms, on: [429] }
  - id: sub_${section}
    run: workflow crash_child
    depends_on: [note_${section}]
    with: { text: 'sub_${section}' }
  - id: poll_${section}
    run: shop orders:info
    depends_on: [create_${section}, sub_${section}]
    with: { order: ord_1 }
    repeat: { until: 'steps.poll_${section}.id == "ord_1"', every: 50ms }
  - id: flaky_${section}
    run: shop flaky:info
    depends_on: [poll_${section}]
    with: { key: flaky_${section} }
    retry: { max_attempts: 5, delay: 50ms, on: [5xx, 429] }
  - id: branch_${section}
    run: shop orders:note:update
    depends_on: [poll_${section}]
    if: steps.poll_${section}.id == "ord_1"
    with: { order: ord_1 }
    body: branch_${section}
  - id: other_branch_${section}
    run: shop orders:note:update
    depends_on: [poll_${section}]
    if: steps.poll_${section}.id != "ord_1"
    with: { order: ord_1 }
    body: other_${section}
  - id: last_${section}
    run: shop orders:note:update
    depends_on: [flaky_${section}, tell_${section}, branch_${section}]
    with: { order: ord_1 }
    body: last_${section}
`;
}
