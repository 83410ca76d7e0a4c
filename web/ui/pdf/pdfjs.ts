import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy as Pdf } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { StandardFonts } from './fonts.ts'

export type { Pdf }

/** The most pixels of a page's picture: iPads of 2015 draw no larger canvas than 16 million, and a phone's memory is small. */
const mostPixels = 4_000_000

/** Pixels across a page, as far as {@link mostPixels} allows: A4 is read well enlarged twice on a phone. */
const across = 1_600

/** Draws pages: one for all PDFs of the page. `broken` rejects where a browser is too old for it. */
const start = () => {
  const worker = new Worker(new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url), { type: 'module' })
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(new Error('the worker that draws PDFs did not start')))
  })
  return { worker, broken }
}
let started: ReturnType<typeof start> | undefined

/** Opens a PDF of which nothing runs. Rejects if it is none, asks for a password, or cannot be opened by this browser. */
export const openPdf = async (data: ArrayBuffer): Promise<Pdf> => {
  started ??= start()
  GlobalWorkerOptions.workerPort = started.worker
  const opened = getDocument({
    data,
    StandardFontDataFactory: StandardFonts,
    useSystemFonts: false,
    // The Content-Security-Policy allows neither eval() nor WebAssembly.
    isEvalSupported: false,
    useWasm: false,
  })
  return Promise.race([opened.promise, started.broken])
}

/** A page as a picture, with what its fields hold. */
export const pictureOf = async (pdf: Pdf, page: number): Promise<Blob> => {
  const shown = await pdf.getPage(page)
  const { width, height } = shown.getViewport({ scale: 1 })
  const scale = Math.min(across / width, Math.sqrt(mostPixels / (width * height)))
  const viewport = shown.getViewport({ scale })
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await shown.render({ canvas, viewport }).promise
  shown.cleanup()
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('the page has no picture'))), 'image/png'),
  )
}
