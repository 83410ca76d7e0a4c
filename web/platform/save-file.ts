/** Gives the browser a file to keep. `type`: its media type. */
export const saveFile = (name: string, text: string, type: `text/${string}`): void => {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
