import { wideFrom } from '../ui/wide.ts'

/** True where the list and the open item are side by side. */
export const useWide = wideFrom(1024)
