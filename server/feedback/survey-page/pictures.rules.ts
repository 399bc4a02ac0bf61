/** Where a picture of a survey is. */
export const pictureUrl = (imageId: string): string => `/s/files/${imageId}`;
