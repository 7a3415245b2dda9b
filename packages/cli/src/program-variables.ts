import { httpOptions, toHttpVariable } from './arguments/http-options.ts';
import { logLevelVariable } from './output/server-log.ts';

/** Variables that the program reads, besides those of the library. A test compares this with the sources. */
export const programVariables: readonly string[] = [
  logLevelVariable,
  ...Object.keys(httpOptions).map(toHttpVariable),
];
