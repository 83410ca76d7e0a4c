import { localStore, safely } from '../../platform/storage.ts'

/** Pixels of a photo's longer side as it is sent, and its quality as JPEG: legible as a page of handwriting. */
const longest = 2000
const quality = 0.8

const storageKey = 'preau.photos'

/** True where the owner of this device keeps photos as they were taken. */
export const keepsOriginals = (): boolean => safely(() => localStore.getItem(storageKey)) === 'original'

export const keepOriginals = (keeps: boolean): void => {
  safely(() => (keeps ? localStore.setItem(storageKey, 'original') : localStore.removeItem(storageKey)))
}

/** True of what cameras make. Drawings and screen shots are sent as they are. */
export const isPhoto = ({ type, name }: File): boolean =>
  /^image\/(jpeg|heic|heif)$/.test(type) || (type === '' && /\.hei[cf]$/i.test(name))

const decoded = async (file: File): Promise<HTMLImageElement> => {
  const image = new Image()
  image.src = URL.createObjectURL(file)
  try {
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(image.src)
  }
}

/**
 * A photo upright and smaller, as JPEG: without what its file tells beside the picture, such as the place where it was
 * taken. The browser turns it as its EXIF orientation says. Undefined if this browser cannot decode it: HEIC, mostly.
 */
export const scaled = async (file: File): Promise<File | undefined> => {
  const image = await decoded(file).catch(() => undefined)
  if (!image || image.naturalWidth === 0) return undefined
  const factor = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * factor))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * factor))
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
  return blob ? new File([blob], file.name.replace(/\.(hei[cf])$/i, '.jpg'), { type: blob.type }) : undefined
}
