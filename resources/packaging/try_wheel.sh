#!/usr/bin/env bash
# Tries a wheel in a clean environment: `bash resources/packaging/try_wheel.sh dist/*.whl`.
# Words after it go to pip, for example torch==2.13.0. Installs some gigabytes where torch comes
# with CUDA; uses nothing of the checkout.
set -euo pipefail

wheel=$(realpath "${1:?Which wheel?}")
shift
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv clean
clean/bin/python -m pip install -q "$wheel" "$@"
du -sm clean | awk '{print "environment: " $1 " MB"}'
export COLORSTUDIO_HOME="$place/home" PATH="$place/clean/bin:$PATH"
samples=$(clean/bin/python -P -c "from colorstudio.core.places import resources; print(resources() / 'samples')")
case "$samples" in "$place"/clean/*) ;; *) echo "FAILED: resources at $samples"; exit 1 ;; esac
colorstudio colorize "$samples" -o out --device cpu | tail -n 1
clean/bin/python -m colorstudio colorize "$samples/lineart-woods.png" -o again --format psd --quiet
colorstudio doctor | grep -A1 "^styles"
colorstudio train out --name Try --steps 4 --device cpu | tail -n 1
colorstudio colorize "$samples/greyscale-owl.png" -o mine --style Try --device cpu | tail -n 1
QT_QPA_PLATFORM=offscreen clean/bin/python -P -c "
from colorstudio.app import prepared_application
from colorstudio.ui.settings import SettingsStore
store = SettingsStore()
app = prepared_application(store)
from colorstudio.ui.main_window import MainWindow
window = MainWindow(settings=store); window.show(); app.processEvents(); window.close()
print('the window opens')"
clean/bin/python -P - <<'PY'
from importlib.metadata import distribution, files
home = distribution("colorstudio")
named = {str(file) for file in files("colorstudio")}
for wanted in ("licenses/LICENSE", "third-party.md", "starter/CREDITS.txt"):
    assert any(name.endswith(wanted) for name in named), wanted
assert not any("packaging" in name for name in named), "packaging files are in the wheel"
print(home.metadata["Name"], home.version, home.metadata["License-Expression"])
PY
echo "all went well"
