/** Milliseconds after which the browser has read what it is given: a large file takes a while. */
const readBy = 60_000

/** Gives the browser a file to keep. */
export const saveBlob = (name: string, content: Blob): void => {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), readBy)
}

/** Gives the browser a text to keep as a file. `type`: its media type. */
export const saveFile = (name: string, text: string, type: `text/${string}`): void =>
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }))
