/** Tells a process that it is the one behind `oatty run --detach`. */
export const detachedMark = 'OATTY_DETACHED_RUN';
