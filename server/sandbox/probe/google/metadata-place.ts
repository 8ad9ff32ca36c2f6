/** Requests about one entry of developer metadata on a row. */

const place = (sheetId: number, row: number) => ({
  dimensionRange: { sheetId, dimension: 'ROWS', startIndex: row, endIndex: row + 1 },
});

export const createOnRow = (metadataId: number, sheetId: number, row: number) => ({
  createDeveloperMetadata: {
    developerMetadata: {
      metadataId,
      metadataKey: 'foliokeep.probe',
      visibility: 'PROJECT',
      location: place(sheetId, row),
    },
  },
});

/** Deletes it at exactly that place, and nothing where it is elsewhere. */
export const deleteOnRow = (metadataId: number, sheetId: number, row: number) => ({
  deleteDeveloperMetadata: {
    dataFilter: {
      developerMetadataLookup: {
        metadataId,
        metadataLocation: place(sheetId, row),
        locationMatchingStrategy: 'EXACT_LOCATION',
      },
    },
  },
});
