/**
 * Descriptions that are almost right, all different, made of a seed: everything that may stand in a description can
 * be missing, of another type, or a reference to anywhere.
 */
import { Chance } from './chance.ts';
import {
  mediaTypes,
  oddNames,
  oddPaths,
  oddReferences,
  oddServers,
  oddValues,
  statuses,
} from './odd-values.ts';

export function aNastyDescription(seed: number): Record<string, unknown> {
  return new NastyDescription(new Chance(seed)).make();
}

// --- internal ---

const versions = ['2.0', '3.0.3', '3.1.0', '3.2.0', '3.0', 3.1] as const;
const locations = ['path', 'query', 'header', 'cookie', 'querystring', 'body', 'formData', 'moon'] as const;
const styles = [
  'form',
  'simple',
  'label',
  'matrix',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
] as const;
const methods = [
  'get',
  'put',
  'post',
  'delete',
  'patch',
  'head',
  'options',
  'trace',
  'query',
  'GET',
] as const;
const types = ['string', 'integer', 'number', 'boolean', 'object', 'array', 'null', 'file', 'any'] as const;

class NastyDescription {
  readonly #chance: Chance;
  /** How often something is not what it should be. */
  readonly #oddity: number;

  constructor(chance: Chance) {
    this.#chance = chance;
    this.#oddity = chance.number() * 0.15;
  }

  make(): Record<string, unknown> {
    const version = this.#chance.oneOf(versions);
    const isSwagger = version === '2.0';
    const parts = {
      schemas: this.#named(() => this.#schema(3)),
      parameters: this.#named(() => this.#parameter()),
      responses: this.#named(() => this.#response()),
      requestBodies: this.#named(() => this.#body()),
      securitySchemes: this.#named(() => this.#securityScheme()),
      mediaTypes: this.#named(() => this.#media()),
      pathItems: this.#named(() => this.#pathItem(1)),
    };
    return this.#object({
      [isSwagger ? 'swagger' : 'openapi']: version,
      info: this.#object({ title: 'Nasty', version: this.#chance.oneOf(['1', 1, 1.5]) }),
      servers: this.#chance.listOf(2, () => this.#server()),
      security: this.#security(),
      paths: this.#spoil(
        this.#chance.mapOf(
          6,
          () => this.#chance.oneOf(oddPaths),
          () => this.#pathItem(2),
        ),
      ),
      components: this.#object(parts),
      ...(isSwagger && {
        definitions: parts.schemas,
        parameters: parts.parameters,
        responses: parts.responses,
        securityDefinitions: parts.securitySchemes,
        host: this.#chance.oneOf(['api.test', '', 'a b', 'api.test/x', '{host}']),
        basePath: this.#chance.oneOf(['/v2', 'v2', '', '/', '/{base}']),
        schemes: this.#chance.listOf(2, () => this.#chance.oneOf(['https', 'http', 'ws', ''])),
        consumes: this.#mediaTypes(),
        produces: this.#mediaTypes(),
      }),
      webhooks: this.#chance.mapOf(
        1,
        () => 'hook',
        () => this.#pathItem(1),
      ),
      tags: [this.#object({ name: 'a' })],
      $self: this.#chance.oneOf(oddReferences),
    });
  }

  #spoil(value: unknown): unknown {
    if (!this.#chance.isTrue(this.#oddity)) return value;
    return this.#chance.isTrue(0.5) ? this.#chance.oneOf(oddValues) : this.#reference();
  }

  /** With members that may be spoiled, and some that are left out. */
  #object(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const kept = Object.entries(members).filter(() => !this.#chance.isTrue(this.#oddity / 2));
    return Object.fromEntries(kept.map(([name, value]) => [name, this.#spoil(value)]));
  }

  /** One of these, where a reference may stand. */
  #orReference(make: () => unknown): unknown {
    return this.#chance.isTrue(0.2) ? this.#reference() : make();
  }

  #reference(): unknown {
    const $ref = this.#chance.oneOf(oddReferences);
    return this.#chance.isTrue(0.2)
      ? { $ref, description: 'beside', type: 'string', required: ['a'] }
      : { $ref };
  }

  #named(make: () => unknown): Record<string, unknown> {
    const names = ['A', 'B', 'a b', 'a/b', 'a~b', '__proto__', '0'];
    return Object.fromEntries(names.map((name) => [name, this.#orReference(make)]));
  }

  #name(): string {
    return this.#chance.isTrue(0.5)
      ? this.#chance.oneOf(oddNames)
      : this.#chance.oneOf(['a', 'b', 'id', 'page', 'limit']);
  }

  #mediaTypes(): string[] {
    return this.#chance.listOf(2, () => this.#chance.oneOf(mediaTypes));
  }

  #server(): unknown {
    const variable = () =>
      this.#object({ default: this.#chance.oneOf(['eu', '', 3, '{region}']), enum: ['eu'] });
    const variables = this.#chance.mapOf(2, () => this.#chance.oneOf(['region', 'scheme', '']), variable);
    return this.#object({ url: this.#chance.oneOf(oddServers), variables });
  }

  #security(): unknown {
    return this.#chance.listOf(2, () =>
      this.#chance.mapOf(
        2,
        () => this.#chance.oneOf(['A', 'B', 'x']),
        () => [],
      ),
    );
  }

  #securityScheme(): unknown {
    return this.#object({
      type: this.#chance.oneOf(['apiKey', 'http', 'oauth2', 'basic', 'openIdConnect', 'mutualTLS', 'x']),
      in: this.#chance.oneOf(locations),
      name: this.#name(),
      scheme: this.#chance.oneOf(['basic', 'Bearer', 'digest', '']),
      flows: this.#object({
        clientCredentials: this.#object({ tokenUrl: this.#chance.oneOf(oddServers), scopes: {} }),
      }),
      flow: this.#chance.oneOf(['application', 'implicit']),
      tokenUrl: this.#chance.oneOf(oddServers),
    });
  }

  #pathItem(depth: number): unknown {
    const operations = Object.fromEntries(
      this.#chance.listOf(3, () => [this.#chance.oneOf(methods), this.#operation(depth)]),
    );
    return this.#object({
      ...operations,
      ...(this.#chance.isTrue(0.1) && { $ref: this.#chance.oneOf(oddReferences) }),
      ...(this.#chance.isTrue(0.2) && { servers: [this.#server()] }),
      parameters: this.#chance.listOf(2, () => this.#orReference(() => this.#parameter())),
      additionalOperations: this.#chance.mapOf(
        1,
        () => this.#chance.oneOf(['LINK', 'get', 'a b', '']),
        () => this.#operation(depth),
      ),
    });
  }

  #operation(depth: number): unknown {
    return this.#object({
      operationId: this.#name(),
      summary: this.#chance.oneOf(['List things', '', ' ', '<b>x</b>', '日本']),
      tags: this.#chance.listOf(2, () => this.#name()),
      parameters: this.#chance.listOf(4, () => this.#orReference(() => this.#parameter())),
      ...(this.#chance.isTrue(0.5) && { requestBody: this.#orReference(() => this.#body()) }),
      responses: this.#chance.mapOf(
        3,
        () => this.#chance.oneOf(statuses),
        () => this.#orReference(() => this.#response()),
      ),
      ...(this.#chance.isTrue(0.3) && { security: this.#security() }),
      ...(depth > 1 && { callbacks: { done: { '{$request.body#/url}': this.#pathItem(depth - 1) } } }),
      consumes: this.#mediaTypes(),
      deprecated: this.#chance.isTrue(0.1),
    });
  }

  #parameter(): unknown {
    return this.#object({
      name: this.#name(),
      in: this.#chance.oneOf(locations),
      required: this.#chance.isTrue(0.3),
      schema: this.#orReference(() => this.#schema(2)),
      ...(this.#chance.isTrue(0.4) && {
        style: this.#chance.oneOf(styles),
        explode: this.#chance.isTrue(0.5),
      }),
      ...(this.#chance.isTrue(0.2) && { content: this.#content() }),
      ...(this.#chance.isTrue(0.2) && { allowReserved: true, allowEmptyValue: true }),
      type: this.#chance.oneOf(types),
      collectionFormat: this.#chance.oneOf(['csv', 'multi', 'ssv', 'tsv', 'pipes', 'x']),
    });
  }

  #body(): unknown {
    return this.#object({ required: this.#chance.isTrue(0.3), content: this.#content() });
  }

  #response(): unknown {
    return this.#object({
      description: '',
      content: this.#content(),
      headers: this.#chance.mapOf(
        2,
        () => this.#name(),
        () => this.#schema(1),
      ),
      schema: this.#schema(2),
    });
  }

  #content(): unknown {
    return this.#spoil(
      this.#chance.mapOf(
        2,
        () => this.#chance.oneOf(mediaTypes),
        () => this.#orReference(() => this.#media()),
      ),
    );
  }

  #media(): unknown {
    const encoding = () =>
      this.#object({
        contentType: this.#chance.oneOf(mediaTypes),
        style: this.#chance.oneOf(styles),
        headers: { 'X-A': { schema: {} } },
      });
    return this.#object({
      schema: this.#orReference(() => this.#schema(3)),
      itemSchema: this.#schema(1),
      encoding: this.#chance.mapOf(2, () => this.#name(), encoding),
    });
  }

  #schema(depth: number): unknown {
    const inner = () => (depth === 0 ? this.#reference() : this.#orReference(() => this.#schema(depth - 1)));
    const several = () => this.#chance.listOf(2, inner);
    return this.#object({
      ...(this.#chance.isTrue(0.8) && { type: this.#chance.oneOf(types) }),
      ...(this.#chance.isTrue(0.1) && { type: [this.#chance.oneOf(types), 'null'] }),
      ...(this.#chance.isTrue(0.6) && { properties: this.#chance.mapOf(3, () => this.#name(), inner) }),
      ...(this.#chance.isTrue(0.3) && { required: this.#chance.listOf(2, () => this.#name()) }),
      ...(this.#chance.isTrue(0.3) && { items: inner() }),
      ...(this.#chance.isTrue(0.1) && { items: several() }),
      ...(this.#chance.isTrue(0.15) && { allOf: several() }),
      ...(this.#chance.isTrue(0.15) && { oneOf: several() }),
      ...(this.#chance.isTrue(0.1) && { anyOf: several(), discriminator: { propertyName: 'a' } }),
      ...(this.#chance.isTrue(0.1) && { additionalProperties: inner() }),
      ...(this.#chance.isTrue(0.1) && { enum: this.#chance.listOf(3, () => this.#chance.oneOf(oddValues)) }),
      ...(this.#chance.isTrue(0.1) && { const: this.#chance.oneOf(oddValues) }),
      ...(this.#chance.isTrue(0.1) && { default: this.#chance.oneOf(oddValues) }),
      ...(this.#chance.isTrue(0.1) && { nullable: true, exclusiveMinimum: true, minimum: 1 }),
      ...(this.#chance.isTrue(0.1) && {
        pattern: this.#chance.oneOf(['(', '^(a+)+$', '\\p{L}', '(?<n>a)\\k<n>']),
      }),
      ...(this.#chance.isTrue(0.1) && { minLength: -1, maxItems: 1.5, multipleOf: 0 }),
      ...(this.#chance.isTrue(0.1) && { $id: this.#chance.oneOf(oddReferences), $anchor: 'anchor' }),
      ...(this.#chance.isTrue(0.1) && {
        $dynamicAnchor: 'anchor',
        $dynamicRef: this.#chance.oneOf(oddReferences),
      }),
      ...(this.#chance.isTrue(0.1) && {
        format: this.#chance.oneOf(['binary', 'byte', 'date-time', 'int64']),
      }),
      ...(this.#chance.isTrue(0.1) && { readOnly: true }),
    });
  }
}
