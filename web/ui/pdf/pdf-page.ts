import { useEffect, useState } from 'react'
import type { Pdf } from './pdfjs.ts'

/** A page of a PDF as a picture. `picture`: its address, until the page is left; `pages`: how many there are. */
export type PdfPage = { readonly picture: string | undefined; readonly pages: number | undefined }

/**
 * A page of a PDF, drawn here: the browser's own viewer tells nobody which page is where, and most phones have none. What
 * draws it is fetched when it is first needed, and the PDF once.
 * @param link where the PDF is; another address of the same one changes nothing
 * @param onFailed called where it cannot be fetched, opened or drawn
 */
export const usePdfPage = (link: string, page: number, onFailed: () => void): PdfPage => {
  const [pdf, setPdf] = useState<Pdf>()
  const [picture, setPicture] = useState<{ readonly page: number; readonly address: string }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched once; the address is asked for anew every ten minutes.
  useEffect(() => {
    const abort = new AbortController()
    let opened: Pdf | undefined
    const open = async () => {
      const [{ openPdf }, reply] = await Promise.all([import('./pdfjs.ts'), fetch(link, { signal: abort.signal })])
      if (!reply.ok) throw new Error(String(reply.status))
      opened = await openPdf(await reply.arrayBuffer())
      if (abort.signal.aborted) void opened.destroy()
      else setPdf(opened)
    }
    open().catch(() => !abort.signal.aborted && onFailed())
    return () => {
      abort.abort()
      void opened?.destroy()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn once for each page.
  useEffect(() => {
    if (!pdf) return undefined
    let isLeft = false
    let address: string | undefined
    const draw = async () => {
      const { pictureOf } = await import('./pdfjs.ts')
      const blob = await pictureOf(pdf, page)
      if (isLeft) return
      address = URL.createObjectURL(blob)
      setPicture({ page, address })
    }
    draw().catch(() => !isLeft && onFailed())
    return () => {
      isLeft = true
      if (address !== undefined) URL.revokeObjectURL(address)
    }
  }, [pdf, page])
  return { picture: picture?.page === page ? picture.address : undefined, pages: pdf?.numPages }
}
