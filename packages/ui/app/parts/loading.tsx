/** Shown until there is something to show. */
export function Loading({ text }: { readonly text: string }) {
  return (
    <div class="loading" role="status">
      <p class="quiet">{text}</p>
      <div class="bar" />
      <div class="bar" />
      <div class="bar" />
    </div>
  );
}
