/** The id in addresses of the run `2026-09-02T07:00:00.000Z abcdefgh`: an address with a dot would be a file's. */
export const idOf = (run: string): string => run.replaceAll(/[-:.]/g, '').replace(' ', '-')

/** The run that an id of addresses names. */
export const runOf = (id: string): string =>
  id.replace(/^(....)(..)(..T..)(..)(..)(...Z)-/, (_, year, month, hour, minute, second, rest) =>
    [`${year}-${month}-${hour}`, minute, `${second}.${rest} `].join(':'),
  )
