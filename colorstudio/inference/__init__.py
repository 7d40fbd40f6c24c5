"""Running generators: sessions, the provider really in use, and colouring one picture."""

import os

# Since 1.31 onnxruntime notes its use in the user's cache folder and sends that to its makers; only
# this keeps it from it, and only before it is loaded. Color Studio makes no network call.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
