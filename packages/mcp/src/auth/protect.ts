/** Everything that a server with authentication has more than one without. Loaded only then. */
import type { Protection } from '../transports/admit-request.ts';
import { createAuthenticator } from './authenticate.ts';
import type { ProtectedResource } from './authenticate.ts';
import type { Authentication } from './authentication.ts';
import { isMetadataPath, toResourceMetadata } from './resource-metadata.ts';

/** @param endpoint - where the resource is here; for clients it may be elsewhere */
export function createProtection(
  authentication: Authentication,
  protectedResource: ProtectedResource,
  endpoint: string,
): Protection {
  const { resource } = protectedResource;
  const metadata = JSON.stringify(toResourceMetadata(resource, authentication.issuer));
  return {
    ...createAuthenticator(authentication, protectedResource, Date.now),
    answerMetadata({ method, url = '' }, response) {
      if (method !== 'GET' || !isMetadataPath(url, resource, endpoint)) return false;
      response.setHeader('access-control-allow-origin', '*'); // nothing in it is secret
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=3600' });
      response.end(metadata);
      return true;
    },
  };
}
