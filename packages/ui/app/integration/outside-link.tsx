/** A link that the host opens: a frame may not. Where the host opens none, its address is there to be copied. */
import { useState } from 'preact/hooks';
import { useHost } from '../host/host-context.ts';
import { Icon } from '../parts/icon.tsx';

interface OutsideLinkProps {
  readonly title: string;
  readonly url: string;
}

export function OutsideLink({ title, url }: OutsideLinkProps) {
  const host = useHost();
  const [isRefused, setRefused] = useState(false);
  const canOpen = host.can.openLinks && isWebAddress(url);
  const open = async (): Promise<void> => setRefused(!(await host.openLink(url)));
  return (
    <>
      {canOpen ? (
        <button type="button" class="button link" onClick={() => void open()}>
          <span dir="auto">{title}</span>
          <Icon name="external" />
          <span class="unseen">(opens outside)</span>
        </button>
      ) : (
        <span dir="auto">{title}</span>
      )}
      {(isRefused || !canOpen) && <span class="address">{url}</span>}
    </>
  );
}

// --- internal ---

/** Never `javascript:` or another scheme that a host might follow. */
function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['https:', 'http:', 'mailto:'].includes(new URL(url).protocol);
}
