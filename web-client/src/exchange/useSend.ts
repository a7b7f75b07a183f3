import { useOnce } from '../graphql/useOnce'

/**
 * What an act returns does not name all that it changes: icons, counts and threads are read again after each,
 * refused ones too, for another window may have been quicker.
 */
export const RENEWING = { additionalTypenames: ['Exchange', 'Attachment'] }

/** Sends the acts of the exchange space, each done once. */
export function useSend() {
  return useOnce(RENEWING)
}

export type Send = ReturnType<typeof useSend>['send']
