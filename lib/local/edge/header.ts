/** Whether a header may be sent: a name of RFC 9110, a value that ends no line. */
export const allowed = (name: string, value: string): boolean =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
