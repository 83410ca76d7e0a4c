import type { Entry } from '../../../shared/documents/shapes.ts'
import { fileIcon } from '../../ui/files/kinds.ts'
import type { IconName } from '../../ui/icon.tsx'

/** The icon of a document or a folder. */
export const entryIcon = ({ file }: Pick<Entry, 'file'>): IconName => (file ? fileIcon(file.type) : 'folder')
