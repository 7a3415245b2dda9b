/**
 * Keeps the focus in the widget when what had it goes away, as a button does that its own action removes.
 *
 *   K1. It goes to what stood before it, else to what stood behind it, in the order of the keyboard.
 *   K2. Where nothing of that is left, since another result came, it goes to the widget itself.
 *   K3. A focus that is elsewhere is never fetched.
 */
export function keepFocus(root: HTMLElement): void {
  root.tabIndex = -1;
  let order: readonly HTMLElement[] = [];
  let last: HTMLElement | undefined;
  root.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    last = target;
    order = [...root.querySelectorAll<HTMLElement>(focusable)];
  });
  root.addEventListener('focusout', () =>
    queueMicrotask(() => {
      if (last?.isConnected === true && document.activeElement !== last) last = undefined; // K3
    }),
  );
  new MutationObserver(() => {
    if (last === undefined || last.isConnected) return;
    if (document.activeElement === null || document.activeElement === document.body)
      (findNeighbour(order, last) ?? root).focus();
    else last = undefined;
  }).observe(root, { childList: true, subtree: true });
}

// --- internal ---

const focusable = 'button, input, select, textarea, summary, [tabindex="0"]';

/** K1 */
function findNeighbour(order: readonly HTMLElement[], lost: HTMLElement): HTMLElement | undefined {
  const at = order.indexOf(lost);
  return order.slice(0, Math.max(0, at)).findLast(isThere) ?? order.slice(at + 1).find(isThere);
}

function isThere(element: HTMLElement): boolean {
  return element.isConnected && element.checkVisibility();
}
