# SPDX-License-Identifier: MIT
"""The oracles behind the vectors, and what is asked of them: see generate.py."""
