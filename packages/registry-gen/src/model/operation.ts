/**
 * One operation of a description, the same for all versions of the specification.
 *
 * Schemas are kept as the document has them (`unknown`); `emit/` turns them into JSON Schema.
 */
import type {
  HttpMethod,
  ParameterLocation,
  ParameterStyle,
  PropertyEncoding,
  SecurityRequirement,
} from '@oatty/types';

export interface Operation {
  /** `GET /orders/{id}`: how warnings name it. */
  readonly label: string;
  readonly method: HttpMethod;
  /** As the document has it, always beginning with `/`. */
  readonly path: string;
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly parameters: readonly OperationParameter[];
  readonly body?: OperationBody;
  /** Successful ones, the most telling first (200, 201, 202, …); `default` only where there is nothing else. */
  readonly responses: readonly OperationResponse[];
  /** Own servers of the operation or its path. */
  readonly servers?: readonly string[];
  /** Absent: no credentials. */
  readonly security?: readonly SecurityRequirement[];
}

export interface OperationParameter {
  /** On the wire. */
  readonly name: string;
  readonly in: Exclude<ParameterLocation, 'body'>;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: unknown;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** `in: querystring` of OpenAPI 3.2. */
  readonly wholeQuery?: boolean;
  readonly mediaType?: string;
  /** A header of this part of a multipart body. */
  readonly part?: string;
}

export interface OperationBody {
  readonly mediaType: string;
  readonly schema: unknown;
  readonly required: boolean;
  readonly encoding?: Readonly<Record<string, PropertyEncoding>>;
}

export interface OperationResponse {
  readonly status: string;
  /** Media type → schema. */
  readonly content: ReadonlyMap<string, unknown>;
  /** Lower case. */
  readonly headers: readonly string[];
}
