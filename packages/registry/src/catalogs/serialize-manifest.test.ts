import { describe, expect, it } from 'vitest';
import type { SchemaTable } from '@oatty/types';
import { aCommand, aManifest } from '../../test/builders/a-manifest.ts';
import { serializeManifest } from './serialize-manifest.ts';

describe('serializeManifest', () => {
  it('writes one JSON document that holds the whole manifest', () => {
    const manifest = aManifest();
    expect(JSON.parse(serializeManifest(manifest).text)).toEqual(manifest);
  });

  it('gives the same bytes whatever the order of commands, providers and schemas', () => {
    const commands = [aCommand('shop b'), aCommand('shop a')];
    const providers = commands.map(({ id }) => ({ command: id, arguments: [], fields: [] }));
    const one = aManifest({ commands, providers, schemas: { A: {}, B: {} } });
    const other = aManifest({
      commands: commands.toReversed(),
      providers: providers.toReversed(),
      schemas: { B: {}, A: {} },
    });
    expect(serializeManifest(one)).toEqual(serializeManifest(other));
  });

  it('knows where each line stands, in bytes', () => {
    const manifest = aManifest({
      description: 'Käse ✓',
      commands: [aCommand('shop a', { summary: 'Größe' }), aCommand('shop b', { summary: '日本' })],
      schemas: { Ä: { description: '✓' }, B: {} },
    });
    const { text, lookup } = serializeManifest(manifest);
    const bytes = Buffer.from(text);
    const [first, second] = lookup.commands;
    const at = lookup.commands_at + first!.bytes + 2;
    expect(JSON.parse(bytes.toString('utf8', at, at + second!.bytes))).toEqual(manifest.commands[1]);
    const [[name, length] = ['', 0]] = lookup.schemas.slice(1);
    const schemaAt = lookup.schemas_at + lookup.schemas[0]![1] + 2;
    expect([name, bytes.toString('utf8', schemaAt, schemaAt + length)]).toEqual([
      'Ä',
      '"Ä":{"description":"✓"}',
    ]);
    expect(lookup.manifest_bytes).toBe(bytes.length);
  });

  it('survives a manifest without commands, providers and schemas', () => {
    const manifest = aManifest({ commands: [], providers: [], schemas: {} });
    expect(JSON.parse(serializeManifest(manifest).text)).toEqual(manifest);
  });

  it('keeps a schema that is called __proto__', () => {
    const schemas = JSON.parse('{"__proto__": {"type": "string"}}') as SchemaTable;
    const { text } = serializeManifest(aManifest({ schemas }));
    expect(text).toContain('"__proto__":{"type":"string"}');
  });
});
