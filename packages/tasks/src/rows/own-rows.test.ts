import { expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql, toText } from '@oatty/types/sql';
import { deleteOwn, fromOwn, fromOwnOrSharedIntegrations, insertOwn, updateOwn } from './own-rows.ts';

it('every statement is about the rows of one user, or those shared with everybody', () => {
  const statements = [
    sql`SELECT 1 ${fromOwn('ann', 'tasks')} AND task_id = ${'t'}`,
    sql`SELECT 1 ${fromOwnOrSharedIntegrations('ann')} AND name = ${'jira'}`,
    updateOwn('ann', 'tasks', { title: 'x' }, sql`task_id = ${'t'}`),
    deleteOwn('ann', 'tasks', sql`task_id = ${'t'}`),
    insertOwn('ann', 'tasks', { task_id: 't' }),
  ];
  expect(statements.map((statement) => toText(statement, () => '?'))).toEqual([
    'SELECT 1 FROM tasks WHERE user_id = ? AND task_id = ?',
    'SELECT 1 FROM task_integrations WHERE (user_id = ? OR is_shared = 1) AND name = ?',
    'UPDATE tasks SET title = ? WHERE user_id = ? AND task_id = ?',
    'DELETE FROM tasks WHERE user_id = ? AND task_id = ?',
    'INSERT INTO tasks (user_id, task_id) VALUES (?, ?)',
  ]);
  for (const { values } of statements) expect(values).toContain('ann');
});

it('no other file writes a statement of its own about them', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const own = ['rows/own-rows.ts', 'rows/own-rows.test.ts', 'rows/tables.ts'];
  const naming = files
    .filter((path) => !own.includes(path))
    .filter((path) =>
      /\b(FROM|JOIN|INTO|UPDATE)\s+(tasks\b|task_(?!users))/.test(readFileSync(join(root, path), 'utf8')),
    );
  expect(files).toContain('rows/task-rows.ts');
  expect(naming).toEqual([]);
});
