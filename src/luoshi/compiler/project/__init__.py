"""Named projects (项目) of the forward sections, with what is promised of them."""

from __future__ import annotations

from luoshi.compiler.project.build import from_outline

__all__ = ["from_outline"]
