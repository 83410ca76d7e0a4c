import { type Feature, textKey } from '../ui/feature.ts'
import { texts } from './menu-texts.ts'

declare module '../platform/navigation.ts' {
  interface Searches {
    '/documents': never
    '/documents/:space': 'folder' | 'document'
    '/documents/:space/trash': never
  }
}
declare module '../ui/feature.ts' {
  interface Features {
    readonly documents: typeof documents
  }
}

/** All spaces are one screen, which stays mounted while one goes from one to another. */
const spaces = async () => (await import('./documents-screen.tsx')).DocumentsScreen

/** Documents: spaces of one's own and of one's classes and groups. */
export const documents = {
  screens: {
    '/documents': { load: spaces },
    '/documents/:space': { load: spaces },
    '/documents/:space/trash': { load: async () => (await import('./trash/trash-screen.tsx')).TrashScreen },
  },
  menu: { to: '/documents', icon: 'folder', label: textKey(texts, 'documents.menu'), rank: 15 },
  fileChooser: async () => (await import('./attach/file-chooser.tsx')).FileChooser,
  fileSender: async () => (await import('./upload/send-device-file.ts')).sendDeviceFile,
  writes: async () => (await import('./writes.ts')).writes,
} as const satisfies Feature
