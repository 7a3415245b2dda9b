/**
 * A description read for its own sake, with nothing of the importer: what its operations are, what they take, and the
 * examples of what they give.
 */
import { loadDescription } from '@oatty/registry-gen';

type Node = Readonly<Record<string, unknown>>;

export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Node[];
  /** Media types of the body. */
  readonly consumes: readonly string[];
  readonly example: DescribedAnswer;
  /** Names of the schemes of the first alternative. */
  readonly security: readonly string[];
}

interface DescribedAnswer {
  readonly status: number;
  /** Media types, in order, each with an example. */
  readonly content: readonly (readonly [mediaType: string, value: unknown])[];
}

export interface DescribedApi {
  readonly operations: readonly DescribedOperation[];
  readonly securitySchemes: Node;
}

/** @param source - path of the first file */
export async function readDescribedApi(source: string): Promise<DescribedApi> {
  const { document } = await loadDescription({ source });
  return new Description(document as Node).read();
}

// --- internal ---

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
const maxDepth = 6;

class Description {
  readonly #root: Node;

  constructor(root: Node) {
    this.#root = root;
  }

  read(): DescribedApi {
    const operations = entries(this.#root['paths']).flatMap(([path, written]) => {
      const item = this.#follow(written);
      const described = methods.flatMap((method) =>
        item[method] === undefined ? [] : [[method, item[method]]],
      );
      const all = [...described, ...entries(item['additionalOperations'])] as [string, unknown][];
      return all.map(([method, operation]) =>
        this.#operation(method.toUpperCase(), path, item, this.#follow(operation)),
      );
    });
    const schemes =
      this.#root['securityDefinitions'] ?? this.#follow(this.#root['components'])['securitySchemes'];
    return { operations, securitySchemes: this.#follow(schemes) };
  }

  #operation(method: string, path: string, item: Node, operation: Node): DescribedOperation {
    const all = [...list(item['parameters']), ...list(operation['parameters'])].map((one) =>
      this.#follow(one),
    );
    const isBody = (one: Node) => one['in'] === 'body' || one['in'] === 'formData';
    const content = keys(this.#follow(this.#follow(operation['requestBody'])['content']));
    const consumes = list(operation['consumes'] ?? this.#root['consumes']).map(String);
    const [requirement] = list(operation['security'] ?? this.#root['security']);
    return {
      method,
      path,
      parameters: all.filter((one) => !isBody(one)),
      consumes: all.some(isBody) ? consumes : content,
      example: this.#answer(operation),
      security: keys(requirement),
    };
  }

  #answer(operation: Node): DescribedAnswer {
    const responses = this.#follow(operation['responses']);
    const status = keys(responses).find((key) => key.startsWith('2')) ?? 'default';
    const response = this.#follow(responses[status]);
    const produces = list(operation['produces'] ?? this.#root['produces']).map(String);
    const modern = entries(response['content']).map(([type, media]) => [type, this.#example(media)] as const);
    const old = produces.map((type) => [type, this.#sample(response['schema'], 0)] as const);
    return {
      status: /^\d+$/.test(status) ? Number(status) : 200,
      content: response['schema'] === undefined ? modern : old,
    };
  }

  #example(written: unknown): unknown {
    const media = this.#follow(written);
    const [named] = entries(media['examples']);
    const { value, dataValue } = this.#follow(named?.[1]);
    return media['example'] ?? dataValue ?? value ?? this.#sample(media['schema'] ?? media['itemSchema'], 0);
  }

  /** Some value that the schema allows. */
  #sample(written: unknown, depth: number): unknown {
    const schema = this.#follow(written);
    const { example, default: fallback, enum: values, examples, allOf, oneOf, anyOf } = schema;
    const given = example ?? fallback ?? list(values)[0] ?? list(examples)[0] ?? schema['const'];
    if (given !== undefined) return given;
    const variant = list(oneOf)[0] ?? list(anyOf)[0];
    if (variant !== undefined) return this.#sample(variant, depth + 1);
    const parts = list(allOf).map((part) => this.#sample(part, depth + 1));
    if (parts.length > 0) return Object.assign({}, ...parts) as unknown;
    return this.#sampleOfType(schema, depth);
  }

  #sampleOfType(schema: Node, depth: number): unknown {
    const type = [schema['type']].flat()[0] ?? (schema['properties'] === undefined ? 'string' : 'object');
    switch (type) {
      case 'object': {
        const properties = depth > maxDepth ? [] : entries(schema['properties']);
        return Object.fromEntries(properties.map(([name, inner]) => [name, this.#sample(inner, depth + 1)]));
      }
      case 'array':
        return depth > maxDepth ? [] : [this.#sample(schema['items'], depth + 1)];
      case 'integer':
      case 'number':
        return 7;
      case 'boolean':
        return true;
      default:
        return 'text';
    }
  }

  /** The object itself, or what its reference leads to; `{}` for nothing. */
  #follow(value: unknown): Node {
    const node = isNode(value) ? value : {};
    const { $ref } = node;
    if (typeof $ref !== 'string') return node;
    let target: unknown = this.#root;
    for (const segment of $ref.slice(2).split('/')) {
      const key = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
      target = this.#follow(target)[key];
    }
    return this.#follow(target);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function entries(value: unknown): [string, unknown][] {
  return isNode(value) ? Object.entries(value) : [];
}

function keys(value: unknown): string[] {
  return isNode(value) ? Object.keys(value) : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
