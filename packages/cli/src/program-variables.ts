import { httpOptions, toHttpVariable } from './arguments/http-options.ts';

/** Variables that the program reads, besides those of the library. A test compares this with the sources. */
export const programVariables: readonly string[] = Object.keys(httpOptions).map(toHttpVariable);
