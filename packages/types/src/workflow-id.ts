/** Ids of workflows. Apart from the manifest's schema, so that checking an id loads no zod. */

/** 1 to 64 of `A-Z a-z 0-9 _ -`: also a file name, on every system. */
export const workflowIdPattern: RegExp = /^[A-Za-z0-9_-]{1,64}$/;
