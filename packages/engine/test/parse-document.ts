/** YAML → a manifest document with places, for tests. */
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Node, Scalar } from 'yaml';
import type { ManifestDocument, ManifestPath, SourceLocation } from '../src/validate/manifest-document.ts';

export function parseYaml(text: string): ManifestDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const toLocation = (node: Node | null | undefined): SourceLocation | undefined => {
    if (!node?.range) return undefined;
    const at = place(node.range[0]);
    if (!isScalar(node) || !isOnOneLine(node, text)) return at;
    const quote = node.type === 'PLAIN' ? 0 : 1;
    return { ...at, inside: (offset) => ({ line: at.line, column: at.column + quote + offset }) };
  };
  return {
    value: document.toJS() as unknown,
    locate(path: ManifestPath, target) {
      if (target !== 'key') return toLocation(document.getIn(path, true) as Node | undefined);
      const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
      if (!isMap(parent)) return undefined;
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
      return toLocation(pair?.key as Node | undefined);
    },
  };
}

// --- internal ---

function isOnOneLine(node: Scalar, text: string): boolean {
  const [start = 0, end = 0] = node.range ?? [];
  return !text.slice(start, end).includes('\n');
}
