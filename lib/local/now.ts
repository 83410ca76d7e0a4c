/** The time, in milliseconds since 1970: the machine's, or that of whoever starts a territory with a time of its own. */
export type Now = () => number
