/**
 * What is required and not shown: it is not built yet. Whoever builds it moves the entry to the list that it belongs to.
 */
export const missing: Readonly<Record<string, readonly [text: string, source: string, reason: string]>> = {
  'cli.worker': [
    'oatty worker runs what others have queued.',
    'design 12',
    'The command is not built, and a schedule with a queue is refused.',
  ],
};
