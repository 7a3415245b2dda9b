/** What clients need to know to get a token for this server (RFC 9728), and where they look for it. */
import { scopes } from './scopes.ts';

const wellKnown = '/.well-known/oauth-protected-resource';

/** @param resource - the address of the endpoint, as clients use it */
export function toResourceMetadata(resource: string, issuer: string): object {
  return {
    resource,
    resource_name: 'oatty',
    authorization_servers: [issuer],
    scopes_supported: Object.values(scopes),
    bearer_methods_supported: ['header'],
  };
}

/** `https://api.example.com/mcp` → `https://api.example.com/.well-known/oauth-protected-resource/mcp` */
export function toMetadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource);
  return origin + wellKnown + (pathname === '/' ? '' : pathname);
}

/** At the root, and at the path of the endpoint: as it is here, and as clients see it. */
export function isMetadataPath(path: string, resource: string, endpoint: string): boolean {
  return [wellKnown, wellKnown + endpoint, new URL(toMetadataUrl(resource)).pathname].includes(path);
}
