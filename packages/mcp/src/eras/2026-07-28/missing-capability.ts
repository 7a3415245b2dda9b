/** A request needs what its client has not declared: error -32021, with our payload beside what is missing. */
import type { OattyError } from '@oatty/types';
import { ProtocolError } from '../../errors/to-mcp.ts';

/** The error of a request; the SDK gives it HTTP status 400. */
export class MissingCapability extends ProtocolError {
  override readonly data: ProtocolError['data'] & { readonly requiredCapabilities: object };

  /** @param requiredCapabilities - as a client would declare them */
  constructor(error: OattyError, requiredCapabilities: object) {
    super(error, missingCapabilityCode);
    this.data = { ...error.toPayload(), requiredCapabilities };
  }
}

// --- internal ---

const missingCapabilityCode = -32_021;
