/** What is required, where that stands, and the tests that show it where no scenario does: `file: title of the test`. */
export type Entry = readonly [text: string, source: string, ...tests: `${string}.test.ts: ${string}`[]];
