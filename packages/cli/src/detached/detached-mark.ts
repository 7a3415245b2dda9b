/** The argument of the process behind `oatty run --detach`; without a channel to its parent it means nothing. */
export const detachedMark = '--detached-run';
