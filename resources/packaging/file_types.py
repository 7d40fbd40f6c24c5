"""The files that macOS offers to open with Color Studio, as its Info.plist tells them."""

_IMAGES = ("public.png", "public.jpeg", "org.webmproject.webp", "public.tiff",
           "com.microsoft.bmp", "com.compuserve.gif", "com.adobe.photoshop-image",
           "com.adobe.pdf", "public.folder")  # fmt: skip

DOCUMENT_TYPES = {
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "Color Studio style",
            "CFBundleTypeRole": "Editor",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": ["org.colorstudio.colorstyle"],
        },
        {
            "CFBundleTypeName": "Picture, book or folder",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "LSItemContentTypes": list(_IMAGES),
        },
        {
            "CFBundleTypeName": "Layered picture or comic book",
            "CFBundleTypeRole": "Viewer",
            "LSHandlerRank": "Alternate",
            "CFBundleTypeExtensions": ["psb", "ora", "kra", "cbz"],
        },
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": "org.colorstudio.colorstyle",
            "UTTypeDescription": "Color Studio style",
            "UTTypeConformsTo": ["public.zip-archive"],
            "UTTypeTagSpecification": {"public.filename-extension": ["colorstyle"]},
        }
    ],
}
