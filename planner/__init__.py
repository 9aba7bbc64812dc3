"""Phi Planner: will this Phi model run on this computer?"""
