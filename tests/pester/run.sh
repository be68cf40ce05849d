#!/usr/bin/env bash
# Runs the acceptance tests where pwsh with Pester 5 or 6 is installed, and says so where they are not.
set -uo pipefail
cd "$(dirname "$0")/../.."
if ! command -v pwsh >/dev/null 2>&1; then echo "Not run: tests/pester, because pwsh is not installed here."; exit 0; fi
exec pwsh -NoProfile -NonInteractive -File tests/pester/Invoke-Tests.ps1
