/** Whether a header is valid: its name is a token of RFC 9110, its value holds no line break or control character. */
export const isValidHeader = (name: string, value: string): boolean =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
