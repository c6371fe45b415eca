"""Regions of China: the tree, the names in texts and questions, and what they mean."""

from kb.regions.find import find_regions, survey
from kb.regions.homewords import home_node
from kb.regions.mentions import Kind, Mention, Role
from kb.regions.opening import opening_mention, opening_region, related
from kb.regions.query import resolve_name, resolve_names, resolve_query
from kb.regions.tree import NATION, Group, Region, RegionTree, tree

__all__ = [
    "NATION",
    "Group",
    "Kind",
    "Mention",
    "Region",
    "RegionTree",
    "Role",
    "find_regions",
    "home_node",
    "opening_mention",
    "opening_region",
    "related",
    "resolve_name",
    "resolve_names",
    "resolve_query",
    "survey",
    "tree",
]
