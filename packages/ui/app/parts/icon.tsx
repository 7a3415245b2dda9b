/** Small drawings in the colour of the text. They are never the only way to tell something. */
const paths = {
  alert: 'M8 4.8v4M8 11.2v.1M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6Z',
  check: 'm3 8.6 3.2 3.2L13 4.8',
  clock: 'M8 4.4V8l2.4 1.6M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6Z',
  close: 'm4 4 8 8M12 4l-8 8',
  down: 'M8 3v10M4.4 9.4 8 13l3.6-3.6',
  download: 'M8 2.4v7.2M4.8 6.8 8 10l3.2-3.2M2.4 13.2h11.2',
  external: 'M9.6 2.4h4v4M13.2 2.8 7.6 8.4M11.6 9.2v4.4H2.4V4.4h4.4',
  filter: 'M2.4 4.4h11.2M4.6 8h6.8M6.8 11.6h2.4',
  repeat:
    'M2.8 7V6a2 2 0 0 1 2-2h8m0 0L10.6 1.8M12.8 4l-2.2 2.2M13.2 9v1a2 2 0 0 1-2 2h-8m0 0 2.2-2.2M3.2 12l2.2 2.2',
  reopen: 'M2.8 3v3.6h3.6M3.2 6.2A5.4 5.4 0 1 1 2.6 9',
  search: 'M7 2.4a4.6 4.6 0 1 0 0 9.2 4.6 4.6 0 0 0 0-9.2Zm3.4 8 3.2 3.2',
  up: 'M8 13V3M4.4 6.6 8 3l3.6 3.6',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
